import { describe, expect, it } from "vitest";
import { Failure } from "../../src/model/failure.js";
import type { OpenNotifier } from "../../src/plugin/notifier.js";
import { change, notice } from "../support/notices.js";

/** A real receiver on this machine, and a notifier that knows where it is. */
export interface NotifierHarness {
  /** With the right secret, or with another one. */
  open(secret?: "wrong"): OpenNotifier;
  /** What must show up in no message. */
  readonly secrets: readonly string[];
  received(): Promise<readonly ReceivedNotice[]>;
  /** The receiver does not take the next notice, but may take it later, or never will. */
  refuseNext(how: "for now" | "for good"): void;
  /** From now on the receiver takes connections and says nothing. */
  fallSilent(): void;
  /** Nobody listens any more. */
  stop(): Promise<void>;
}

export interface ReceivedNotice {
  readonly id: string;
  /** Everything that a reader sees, without markup. */
  readonly text: string;
  /** What the medium would act on: calls of people, scripts, links, further recipients. */
  readonly commands: readonly string[];
}

export interface NotifierCase {
  readonly name: string;
  run(harness: NotifierHarness): Promise<void>;
}

const never = new AbortController().signal;
/** What is undone in no medium: markup of HTML, of Slack, and of mail headers. */
const HOSTILE =
  "a<script>alert(1)</script> & <!channel> <https://evil.example|x>\r\nBcc: evil@evil.example \"'";

async function failureOf(sending: Promise<unknown>): Promise<Failure> {
  const error: unknown = await sending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Failure);
  return error as Failure;
}

function one<T>(items: readonly T[]): T {
  expect(items).toHaveLength(1);
  return items[0] as T;
}

const flat = (text: string): string => text.replaceAll(/\s+/g, " ");

export const NOTIFIER_CASES: readonly NotifierCase[] = [
  {
    name: "a notice arrives once and whole, and the answer is told",
    run: async (harness) => {
      expect(await harness.open().send(notice([change()]), never)).toMatch(/^answered with 2\d\d/);
      const { text } = one(await harness.received());
      for (const part of [
        "weekly",
        "Weekly newsletter",
        "Brevo newsletter",
        "min-source-rows",
        "12 of 20 people",
        "--override weekly:max-removals",
        "production",
        "20261128T040000000Z-abc",
        "github:anna/1",
        "https://ci.example.com/run/1",
      ])
        expect(text).toContain(part);
    },
  },
  {
    name: "a notice of a whole run and a test notice arrive",
    run: async (harness) => {
      const open = harness.open();
      const whole = change({ event: "failure", condition: "failed", export: undefined, kind: "invalid" });
      const run = { command: "apply", id: undefined, actor: "anna", url: undefined } as const;
      await open.send(notice([whole], { run, environment: undefined }), never);
      await open.send(notice([], { id: `msg_${"f".repeat(32)}`, type: "test" }), never);
      expect((await harness.received())[0]?.text).toContain("invalid");
      expect((await harness.received())[1]?.text).toMatch(/test/);
    },
  },
  {
    name: "the same notice has the same id, another has another",
    run: async (harness) => {
      await harness.open().send(notice([change()]), never);
      await harness.open().send(notice([change()]), never);
      await harness.open().send(notice([change()], { id: `msg_${"e".repeat(32)}` }), never);
      const [first, again, other] = (await harness.received()).map(({ id }) => id);
      expect(first).toContain("msg_0123456789abcdef");
      expect(again).toBe(first);
      expect(other).toContain(`msg_${"e".repeat(32)}`);
    },
  },
  {
    name: "a wrong secret is a matter of authentication",
    run: async (harness) => {
      expect((await failureOf(harness.open("wrong").send(notice([change()]), never))).kind).toBe("auth");
      expect(await harness.received()).toEqual([]);
    },
  },
  {
    name: "what is refused for now may be sent again, and arrives then",
    run: async (harness) => {
      harness.refuseNext("for now");
      const open = harness.open();
      expect((await failureOf(open.send(notice([change()]), never))).kind).toBe("transient");
      await open.send(notice([change()]), never);
      one(await harness.received());
    },
  },
  {
    name: "what is refused for good is not to be sent again",
    run: async (harness) => {
      harness.refuseNext("for good");
      const { kind } = await failureOf(harness.open().send(notice([change()]), never));
      expect(["permanent", "not-found"]).toContain(kind);
    },
  },
  {
    name: "a receiver that is gone may come back",
    run: async (harness) => {
      const open = harness.open();
      await harness.stop();
      expect((await failureOf(open.send(notice([change()]), never))).kind).toBe("transient");
    },
  },
  {
    name: "a receiver that says nothing is left at once when we stop",
    run: async (harness) => {
      harness.fallSilent();
      const stop = new AbortController();
      const started = Date.now();
      setTimeout(() => stop.abort(), 50);
      expect((await failureOf(harness.open().send(notice([change()]), stop.signal))).kind).toBe(
        "interrupted",
      );
      expect(Date.now() - started).toBeLessThan(2500);
    },
  },
  {
    name: "no failure tells a secret or what the receiver said at length",
    run: async (harness) => {
      const told: Failure[] = [await failureOf(harness.open("wrong").send(notice([change()]), never))];
      for (const how of ["for now", "for good"] as const) {
        harness.refuseNext(how);
        told.push(await failureOf(harness.open().send(notice([change()]), never)));
      }
      const texts = told.map(({ message, hint }) => `${message} ${hint}`).join("\n");
      for (const secret of [...harness.secrets, "canary-words"]) expect(texts).not.toContain(secret);
    },
  },
  {
    name: "text is text, whatever it holds",
    run: async (harness) => {
      await harness
        .open()
        .send(notice([change({ message: HOSTILE, hint: HOSTILE, checks: [HOSTILE] })]), never);
      const { text, commands } = one(await harness.received());
      expect(flat(text)).toContain(flat(HOSTILE));
      expect(commands.filter((command) => !command.includes("https://ci.example.com/run/1"))).toEqual([]);
    },
  },
  {
    name: "hundreds of changes fit into one message, or the rest is counted",
    run: async (harness) => {
      const long = "x".repeat(990);
      const many = Array.from({ length: 300 }, (_, index) =>
        change({ message: `${index} ${long}`, hint: `${long}&`, checks: [long] }),
      );
      await harness.open().send(notice(many), never);
      const { text } = one(await harness.received());
      expect(text.includes(`299 ${long}`) || /and \d+ more/.test(text)).toBe(true);
    },
  },
];

/** What every notifier does alike; a fresh receiver for each case. */
export function notifierSuite(name: string, make: () => Promise<NotifierHarness>): void {
  describe(`${name} is a notifier`, () => {
    for (const { name: what, run } of NOTIFIER_CASES) it(what, () => withHarness(make, run));
  });
}

export async function withHarness(
  make: () => Promise<NotifierHarness>,
  run: (harness: NotifierHarness) => Promise<void>,
): Promise<void> {
  const harness = await make();
  try {
    await run(harness);
  } finally {
    await harness.stop();
  }
}
