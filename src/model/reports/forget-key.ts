/** What it means that the key of forgotten people is lost and another one takes its place. */
export interface ForgetKeyReplacement {
  /** Fingerprints of both. */
  readonly lostKeyId: string;
  readonly keyId: string;
  /** How many people were forgotten under the lost key. */
  readonly people: number;
  /** Ids of those among them who had opted out: with those they were held back under other addresses, too. */
  readonly ids: number;
  /** Addresses that are known to have been forgotten, because somebody named them again. */
  readonly named: number;
  /** Addresses of the sources of which one may be who was forgotten. */
  readonly doubted: number;
  /** Everybody was named, so that nobody is held back in doubt. */
  readonly released: boolean;
}
