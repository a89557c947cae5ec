/**
 * What is agreed to with `dataPrivacy` unless the config names another text.
 * A changed wording is a new version; the old one stays what was agreed to.
 */
export const AGREEMENT_TEXT = {
  version: "rollcall-1",
  paragraphs: [
    "Personal data of customers (e-mail addresses, and the attributes that exports map) leaves the systems it comes from and is sent to the account that this connection leads to. From there on the rules of the vendor and of your contract with it apply, not those of the source.",
    "Whoever agrees answers for it that this is lawful: that there is a legal basis or the consent of the people, that the vendor is bound by a contract for processing on your behalf, that the place of processing is allowed, and that people are told.",
    "The agreement can be withdrawn at any time with `agreed: false`. From then on nobody is added or updated. Those who were sent before stay with the vendor until they are taken off with `rollcall apply --removals-only` or forgotten with `rollcall forget`.",
  ],
} as const;
