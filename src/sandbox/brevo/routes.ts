import type { Route } from "../server/router.js";
import type { BrevoData } from "./account.js";
import { ACCOUNT_ROUTES } from "./account-routes.js";
import { ATTRIBUTE_ROUTES } from "./attribute-routes.js";
import { CONTACT_ROUTES } from "./contact-routes.js";
import { EXPORT_ROUTES } from "./export-routes.js";
import { FOLDER_ROUTES } from "./folder-routes.js";
import { IMPORT_ROUTES } from "./import-routes.js";
import { LIST_ROUTES } from "./list-routes.js";
import { MEMBER_ROUTES } from "./member-routes.js";

/** Contacts last: their identifier pattern would take `lists` and the like. */
export const BREVO_ROUTES: readonly Route<BrevoData>[] = [
  ...ACCOUNT_ROUTES,
  ...IMPORT_ROUTES,
  ...EXPORT_ROUTES,
  ...LIST_ROUTES,
  ...MEMBER_ROUTES,
  ...FOLDER_ROUTES,
  ...ATTRIBUTE_ROUTES,
  ...CONTACT_ROUTES,
];
