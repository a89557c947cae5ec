import type { ForgetPreview, ForgetProof } from "../../../src/model/reports/forget.js";

const newsletter = {
  account: "brevo:5f8c2a10",
  connection: "newsletter",
  contacts: 2,
  blocklisted: 1,
  lists: [
    { id: "12", name: "Customers", people: 2 },
    { id: "15", name: "Spring campaign, by hand", people: 1 },
  ],
  fields: [
    { id: "FIRSTNAME", name: "FIRSTNAME", people: 2 },
    { id: "SMS", name: "SMS", people: 1 },
  ],
  fixed: [],
  recorded: 3,
  notAsked: 0,
};
const marketing = {
  account: "sendgrid:4711",
  connection: "marketing",
  contacts: 1,
  blocklisted: undefined,
  lists: [],
  fields: [],
  fixed: [{ id: "external_id", name: "external_id", people: 1 }],
  recorded: 0,
  notAsked: 1,
};
const nothing = {
  contacts: 0,
  blocklisted: undefined,
  lists: [],
  fields: [],
  fixed: [],
  recorded: 0,
  notAsked: 0,
};
const files = { ...nothing, account: "file:folder:lists", connection: "files" };
const lost = { ...nothing, account: undefined, connection: "old" };
const away = {
  kind: "transient",
  message: "GET /account could not connect (ECONNREFUSED).",
  hint: "Run again.",
};

export const preview: ForgetPreview = {
  people: 3,
  samples: ["a•••@example.com", "b•••@example.com"],
  known: 1,
  deleting: false,
  accounts: [
    { ...newsletter, error: undefined },
    { ...marketing, error: undefined },
    { ...files, error: undefined },
    { ...lost, error: away },
  ],
};

const done = { kept: 0, deleted: 0, evidence: "read-back", checkedAt: "2026-11-25T17:40:12.000Z" } as const;

export const proof: ForgetProof = {
  people: 3,
  samples: preview.samples,
  known: 1,
  deleting: false,
  actor: "github:anna/17",
  startedAt: "2026-11-25T17:40:00.000Z",
  finishedAt: "2026-11-25T17:40:15.000Z",
  keyId: "ebc200e987eb77d7",
  accounts: [
    { ...newsletter, ...done, kept: 2, status: "cleared", error: undefined },
    { ...marketing, ...done, kept: 1, status: "cleared", error: undefined },
    { ...files, ...done, status: "nothing there", error: undefined },
    { ...lost, ...done, evidence: undefined, checkedAt: undefined, status: "left", error: away },
  ],
  state: { memberships: 3, optOuts: 1, files: 4 },
  complete: false,
};

export const deleted: ForgetProof = {
  ...proof,
  deleting: true,
  complete: true,
  accounts: [{ ...newsletter, ...done, deleted: 2, status: "cleared", error: undefined }],
};
