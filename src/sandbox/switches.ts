/**
 * What the vendors do not document, or where reports contradict the
 * documentation. `true` is the unpleasant reading.
 */
export interface Switches {
  brevoImportUnblocklists: boolean;
  brevoAddClearsUnsubscribe: boolean;
  brevoContactsHideUnsubscribed: boolean;
  brevoLookupHidesUnsubscribed: boolean;
  brevoListDropsUnsubscribed: boolean;
  brevoBlocklistingUntold: boolean;
  brevoAbsentErases: boolean;
  brevoNullErases: boolean;
  brevoFalseIgnored: boolean;
  brevoPutIgnoresLabels: boolean;
  brevoCsvDatesDayFirst: boolean;
  brevoLimitsToldOtherwise: boolean;
  brevoFullDropsRest: boolean;
  brevoWrongTypeDropsRow: boolean;
  brevoMergeLosesBlocklist: boolean;
  brevoListNamesUnique: boolean;
  sendgridMissingIdentifierLosesRow: boolean;
  sendgridWrongTypeSilent: boolean;
  sendgridEmptyLosesRow: boolean;
  sendgridNullLosesRow: boolean;
  sendgridUnknownListAccepted: boolean;
  sendgridRemoveJobUnknown: boolean;
  sendgridNewFieldUnusable: boolean;
  sendgridJobStaysPending: boolean;
  sendgridResetIsEpoch: boolean;
  sendgridExportsGzipped: boolean;
  sendgridListNamesUnique: boolean;
  sendgridOnBehalfIgnored: boolean;
  sendgridCustomFieldsLeftOut: boolean;
}

export interface SwitchEntry {
  /** What happens when the switch is off (`documented`). */
  readonly off: string;
  /** What happens when it is on (`pessimistic`). */
  readonly on: string;
  /** Why there is doubt. */
  readonly source: string;
  /** On only where it is named, never by the preset: the source says why. */
  readonly single?: true;
}

export const SWITCHES: Readonly<Record<keyof Switches, SwitchEntry>> = {
  brevoImportUnblocklists: {
    off: "an import leaves a blocklisted contact blocklisted",
    on: "an import with emailBlacklist false or absent takes the contact off the blocklist",
    source:
      "help.brevo.com 5317448358034 says resubscribing is possible on the contact's page only; no sentence states what an import with the default does",
  },
  brevoAddClearsUnsubscribe: {
    off: "a contact that unsubscribed from a list stays unsubscribed when it is added to that list again",
    on: "adding or importing it again clears the unsubscription",
    source: "the API reference describes listUnsubscribed on reads only",
  },
  brevoContactsHideUnsubscribed: {
    off: "GET /contacts tells of each contact which lists it unsubscribed from",
    on: "there it is always null",
    source:
      "the API reference has listUnsubscribed in all three answers; recorded traffic (NangoHQ/integration-templates) never shows it filled in this one",
  },
  brevoLookupHidesUnsubscribed: {
    off: "GET /contacts/{identifier} tells which lists the contact unsubscribed from, if there are any",
    on: "there it is always missing",
    source: "recorded traffic leaves the field out of this answer where it is empty; filled it was seen once",
  },
  brevoListDropsUnsubscribed: {
    off: "GET /contacts/lists/{id}/contacts still has those who unsubscribed from the list, and says so",
    on: "it has only those who are on the list",
    source:
      "recorded traffic shows them; no sentence of the API reference promises it. With the two above nothing at all would tell, so that the preset leaves this one off",
    single: true,
  },
  brevoBlocklistingUntold: {
    off: "blocklisting a contact makes its modifiedAt newer, so that modifiedSince finds it",
    on: "it leaves modifiedAt as it was",
    source:
      "recorded traffic shows a newer modifiedAt of a contact that unsubscribed from a list; of blocklisting, by whatever hand, it shows nothing. It hides by what stories under the preset learn of an opt-out, so that the preset leaves this one off",
    single: true,
  },
  brevoAbsentErases: {
    off: "an attribute that a row does not have is left alone",
    on: "with emptyContactsAttributes, every attribute that a row does not have is erased, also where no row of the import names it",
    source:
      "developers.brevo.com/reference/import-contacts speaks of empty fields; two independent descriptions read it as whatever is not in the import",
  },
  brevoNullErases: {
    off: "null in jsonBody counts as an empty value: it erases only with emptyContactsAttributes",
    on: "null erases always",
    source: "developers.brevo.com/reference/import-contacts does not mention null",
  },
  brevoFalseIgnored: {
    off: "false in jsonBody is stored",
    on: "false in jsonBody does not overwrite true",
    source: "sendinblue/APIv3-python-library#95, APIv3-nodejs-library#114, APIv3-java-library#30",
  },
  brevoPutIgnoresLabels: {
    off: "PUT /contacts/{identifier} stores a category that is given by its label",
    on: "it answers 204 and ignores a category that is not given by its value",
    source: "sendinblue/APIv3-python-library#65; other clients send the value of the option",
  },
  brevoCsvDatesDayFirst: {
    off: "dates in a CSV import may be yyyy-mm-dd or dd-mm-yyyy",
    on: "only dd-mm-yyyy is understood there",
    source:
      "the only public CSV bodies of production have dd-mm-yyyy; the API reference shows no date in CSV",
  },
  brevoLimitsToldOtherwise: {
    off: "every answer tells the published limit of its endpoint in its headers",
    on: "answers below /contacts tell a limit of 20 a second whatever it is, and all others none",
    source:
      "recorded traffic of a fresh account (NangoHQ/integration-templates) has 20 where 10 are published, and answers without these headers",
  },
  brevoFullDropsRest: {
    off: "an import for which the plan has too little room fails as a whole",
    on: "it ends as completed, and whoever finds no room is not stored and in no report",
    source: "neither the API reference nor help.brevo.com says what an import does beyond the plan",
  },
  brevoWrongTypeDropsRow: {
    off: "a value of the wrong type is ignored, the rest of the row is stored",
    on: "the whole row is lost",
    source: "the API reference says such values are ignored, for create contact; imports are not described",
  },
  brevoMergeLosesBlocklist: {
    off: "when an import merges two contacts the survivor is blocklisted if either was",
    on: "the blocklist flag of the deleted contact is lost",
    source: "help.brevo.com 32331116133522 describes the merge and not the flag",
  },
  brevoListNamesUnique: {
    off: "two lists may have the same name",
    on: "a second list of the same name is refused with 400",
    source: "the API reference does not say whether names are unique",
  },
  sendgridMissingIdentifierLosesRow: {
    off: "a contact with several identifiers is updated by any one of them",
    on: "an upsert that lacks an identifier which the contact has is lost and counted as an error of the job",
    source:
      "the API reference of PUT /v3/marketing/contacts: all existing identifiers must be present to update; what happens otherwise is not described",
  },
  sendgridWrongTypeSilent: {
    off: "a contact with a value of the wrong type is lost and is in the job's errors_url",
    on: "it is lost and the job ends as completed without a word",
    source: "sendgrid/sendgrid-nodejs#953, n8n-io/n8n#3058; recorded traffic shows the loss behind a 202",
  },
  sendgridEmptyLosesRow: {
    off: '"" clears a custom field of type Number or Date',
    on: '"" counts as a value of the wrong type there: the contact is lost',
    source: 'recorded traffic (grouparoo/grouparoo) shows "" clearing text fields only',
  },
  sendgridNullLosesRow: {
    off: "null in a reserved field leaves the stored value alone",
    on: "null in a reserved field counts as a wrong type: the contact is lost",
    source: "the API reference does not mention null; recorded traffic shows 400 at once for custom fields",
  },
  sendgridUnknownListAccepted: {
    off: "an upsert that names an unknown list is refused with 404",
    on: "it is accepted with 202 and its job fails",
    source: "the API reference lists 404 without saying for what",
  },
  sendgridRemoveJobUnknown: {
    off: "the job of a removal from a list can be looked up under /imports/{id}",
    on: "looking it up answers 404",
    source: "the API reference names /imports/{id} for upserts, imports and deletes of contacts only",
  },
  sendgridNewFieldUnusable: {
    off: "a new custom field can be used at once",
    on: "for a while upserts that use it are refused with 400 'invalid custom field ids supplied'",
    source: "Jericho/StrongGrid waits 5 s in its integration tests",
  },
  sendgridJobStaysPending: {
    off: "a job is finished when its effect is visible",
    on: "the effect and the counts are visible while the job still says pending, for another job time",
    source:
      "recorded traffic (NangoHQ/integration-templates): ten polls over 30 s, all pending, the last with counts",
  },
  sendgridResetIsEpoch: {
    off: "X-RateLimit-Reset is the seconds until the next minute",
    on: "X-RateLimit-Reset is an epoch time in seconds",
    source: "recorded traffic shows seconds; the page 'rate limits' of the API reference shows an epoch",
  },
  sendgridExportsGzipped: {
    off: "exported files are plain",
    on: "exported files are gzip, with no Content-Encoding that says so",
    source: "sendgrid/sendgrid-csharp#1024 and Jericho/StrongGrid: files may be named .csv.gzip",
  },
  sendgridListNamesUnique: {
    off: "two lists may have the same name",
    on: "a second list of the same name is refused with 400",
    source: "the API reference does not say whether names are unique",
  },
  sendgridOnBehalfIgnored: {
    off: "with on-behalf-of all endpoints are those of the subuser",
    on: "marketing endpoints ignore it: they are those of the account that the key belongs to",
    source: "SendGrid's OpenAPI names the header for suppressions, scopes and users, and not for marketing",
  },
  sendgridCustomFieldsLeftOut: {
    off: "an account without custom fields lists none",
    on: "it leaves custom_fields out of its field definitions",
    source: "recorded traffic shows an empty list; grouparoo's client reckons with none at all",
  },
};

/** The value of every switch: the preset of `behaviour`, then single ones. */
export function resolveSwitches(
  behaviour: "documented" | "pessimistic",
  single: Partial<Switches> = {},
): Switches {
  const preset = behaviour === "pessimistic";
  const all = Object.fromEntries(
    Object.entries<SwitchEntry>(SWITCHES).map(([name, { single: alone }]) => [
      name,
      preset && alone !== true,
    ]),
  );
  return { ...(all as unknown as Switches), ...single };
}
