import type { Route } from "../server/router.js";
import type { SendgridData } from "./account.js";
import { ACCOUNT_ROUTES } from "./account-routes.js";
import { CONTACT_BY_ID, CONTACT_ROUTES } from "./contact-routes.js";
import { EXPORT_ROUTES } from "./export-routes.js";
import { FIELD_ROUTES } from "./field-routes.js";
import { LIST_ROUTES } from "./list-routes.js";
import { SEARCH_ROUTES } from "./search-routes.js";
import { SUPPRESSION_ROUTES } from "./suppression-routes.js";

export const SENDGRID_ROUTES: readonly Route<SendgridData>[] = [
  ...ACCOUNT_ROUTES,
  ...CONTACT_ROUTES,
  ...SEARCH_ROUTES,
  ...EXPORT_ROUTES,
  ...LIST_ROUTES,
  ...FIELD_ROUTES,
  ...SUPPRESSION_ROUTES,
  CONTACT_BY_ID,
];
