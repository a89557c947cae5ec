/** When an address was suppressed, epoch seconds. */
export type Suppressed = Map<string, number>;

export interface SuppressionGroup {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly isDefault: boolean;
  readonly members: Suppressed;
}

/** Who must not be sent to. Keyed by address: contacts carry no subscription state at SendGrid. */
export class Suppressions {
  readonly unsubscribes: Suppressed = new Map();
  readonly bounces: Suppressed = new Map();
  readonly spamReports: Suppressed = new Map();
  readonly groups = new Map<number, SuppressionGroup>();

  addGroup(
    name: string,
    description: string,
    isDefault = false,
    id = this.groups.size + 1,
  ): SuppressionGroup {
    const group = { id, name, description, isDefault, members: new Map() };
    this.groups.set(group.id, group);
    return group;
  }
}
