import type { DestinationType } from "../../model/connection.js";

/** Plain names whose field is the same in every account of a destination. */
const PLAIN: Readonly<Record<DestinationType, Readonly<Record<string, string>>>> = {
  brevo: {},
  sendgrid: {
    firstName: "first_name",
    lastName: "last_name",
    phone: "phone_number",
    state: "state_province_region",
    postalCode: "postal_code",
    addressLine1: "address_line_1",
    addressLine2: "address_line_2",
  },
  file: {},
};

/** What the destination calls the field, as far as that is sure; destinations tell no case apart. */
export function fieldName(type: DestinationType, attribute: string): string {
  const plain = Object.hasOwn(PLAIN[type], attribute) ? PLAIN[type][attribute] : undefined;
  return (plain ?? attribute).toLowerCase();
}
