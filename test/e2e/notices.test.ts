import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { letTimePass, resetClock } from "../support/clock.js";
import { BREVO_KEY, openProject, type Project, type Row, type Yaml } from "../support/project.js";
import type { HttpReceiver } from "../support/receivers/http-receiver.js";
import { slackReceiver } from "../support/receivers/slack-receiver.js";
import { SmtpReceiver } from "../support/receivers/smtp-receiver.js";
import { webhookBody, webhookReceiver, type WebhookBody } from "../support/receivers/webhook-receiver.js";
import { remoteOf, type Remote } from "../support/remote.js";
import { rollcall, start } from "../support/rollcall.js";

// Many commands a story, on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const SECRET = `whsec_${randomBytes(32).toString("base64")}`;

let project: Project;
let hook: HttpReceiver;
let remote: Remote;
let list: string;

beforeEach(async () => {
  project = await openProject();
  hook = webhookReceiver(SECRET);
  await hook.start();
  await project.write("webhook.key", SECRET);
});
afterEach(async () => {
  resetClock();
  await hook.stop();
  await project.stop();
});

const audit = (more: Yaml = {}): Yaml => ({
  type: "webhook",
  url: `${hook.url}/hook`,
  signingSecret: { file: "webhook.key" },
  ...more,
});
const people = (count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({
    email: `canary-${index}@secret.example`,
    name: "Canaryname",
  }));

async function to(type: "brevo" | "file", more: Yaml = {}): Promise<void> {
  remote = remoteOf(project, type);
  list ??= await remote.addList("customers");
  await project.config({
    segments: { all: { source: "crm" } },
    exports: {
      weekly: { displayName: "Weekly", connection: type, list, segments: ["all"], match: { email: "email" } },
    },
    notifiers: { audit: audit() },
    ...more,
  });
}
beforeEach(() => {
  list = undefined as unknown as string;
});

const bodies = (): WebhookBody[] => hook.taken.map(webhookBody);
/** `event before→condition` of every change, message by message. */
const told = (): string[] =>
  bodies().map(({ data }) =>
    data.changes
      .map(
        ({ export: subject, event, before, condition }) =>
          `${subject?.name ?? "run"} ${event} ${before}→${condition}`,
      )
      .join(", "),
  );
const warnings = (): string[] =>
  project.events.flatMap((event) => (event.type === "warning" ? [event.message] : []));

describe("a change of condition is reported once", () => {
  it("when an export fails, is refused and recovers", async () => {
    await to("brevo");
    await project.profiles(people(20));
    await project.apply({ link: "https://ci.example.com/1" });
    expect(told()).toEqual([]);

    await project.write("brevo.key", `${BREVO_KEY}-wrong`);
    await project.apply({ link: "https://ci.example.com/2" });
    await project.apply();
    expect(told()).toEqual(["weekly failure ok→failed"]);
    expect(bodies()[0]?.data).toMatchObject({
      run: { command: "apply", actor: "tester", url: "https://ci.example.com/2" },
      changes: [{ scope: "export", kind: "auth", export: { displayName: "Weekly", connection: "brevo" } }],
    });

    await project.write("brevo.key", BREVO_KEY);
    await project.profiles(people(5));
    await project.apply();
    await project.profiles(people(4));
    await project.apply();
    expect(told().slice(1)).toEqual(["weekly refusal failed→refused"]);
    expect(bodies()[1]?.data.changes).toMatchObject([{ checks: ["max-removals"], counts: { toRemove: 15 } }]);

    await project.profiles(people(20));
    await project.apply();
    await project.apply();
    expect(told().slice(2)).toEqual(["weekly recovery refused→ok"]);

    // The same once more is news, and has an id of its own.
    await project.write("brevo.key", `${BREVO_KEY}-wrong`);
    await project.apply();
    expect(told().slice(3)).toEqual(["weekly failure ok→failed"]);
    expect(new Set(bodies().map(({ data }) => data.id)).size).toBe(4);
    expect(warnings()).toEqual([]);
  });

  it("when a list drifts, until it matches the record again", async () => {
    await to("file");
    await project.profiles(people(3));
    await project.apply();
    letTimePass(600);
    await project.drift();
    await remote.addStranger("canary-stranger@secret.example", [list]);
    await project.drift();
    await remote.addStranger("canary-second@secret.example", [list]);
    await project.drift();
    expect(told()).toEqual(["weekly drift ok→drifted"]);
    expect(bodies()[0]?.data).toMatchObject({
      run: { command: "drift" },
      changes: [{ counts: { strangers: 1 } }],
    });
    // An apply that finds nothing to do has not looked at the list.
    await project.apply();
    await remote.takeOff("canary-stranger@secret.example", list);
    await remote.takeOff("canary-second@secret.example", list);
    await project.drift();
    await project.drift();
    expect(told().slice(1)).toEqual(["weekly recovery drifted→ok"]);
  });

  it("when the config is invalid, to the notifiers that are valid", async () => {
    await to("file");
    await project.profiles(people(3));
    await project.apply();
    const broken = { connection: "nowhere", list, segments: ["all"], match: { email: "email" } };
    await to("file", {
      exports: { weekly: broken },
      notifiers: { audit: audit(), open: audit({ url: "http://example.com/" }) },
    });
    for (const _ of [1, 2]) expect((await project.applyResult()).run).toBeUndefined();
    expect(told()).toEqual(["run failure ok→failed"]);
    expect(bodies()[0]?.data.changes).toMatchObject([
      { scope: "run", kind: "invalid", message: expect.stringContaining("(unknown-connection)") as string },
    ]);
    await to("file");
    await project.apply();
    expect(told().slice(1)).toEqual(["run recovery failed→ok"]);
  });

  it("when the notifier asked for that kind", async () => {
    await to("file", {
      notifiers: { audit: audit({ on: ["failure", "recovery"] }), other: audit({ on: ["drift"] }) },
    });
    await project.profiles(people(20));
    await project.apply();
    await project.profiles(people(2));
    await project.apply();
    await project.profiles(people(20));
    await project.apply();
    // Nobody asked for refusals, and what was never told needs no all-clear.
    expect(told()).toEqual([]);
    await project.write("profiles.csv", "");
    await project.apply();
    expect(told()).toEqual(["weekly failure ok→failed"]);
  });

  it("but not for a plan, an unapproved run, or one with notify: false", async () => {
    await to("file");
    await project.profiles(people(20));
    await project.apply();
    await project.profiles(people(2));
    await project.plan();
    await project.applyResult({ approve: () => Promise.resolve(false) });
    await project.apply({ notify: false });
    expect(hook.arrived).toEqual([]);
    await project.apply();
    expect(told()).toEqual(["weekly refusal ok→refused"]);
  });
});

describe("a receiver that does not take a message", () => {
  it("is reported as a warning, and gets the same message from the next run", async () => {
    await to("file");
    await project.profiles(people(20));
    await project.apply();
    await project.profiles(people(2));
    hook.next.push({ status: 400 });
    expect(await project.applyOf("weekly")).toMatchObject({ status: "refused" });
    expect(warnings()).toEqual([expect.stringContaining("audit could not be told: POST to 127.0.0.1")]);
    expect(told()).toEqual([]);
    await project.apply();
    await project.apply();
    expect(told()).toEqual(["weekly refusal ok→refused"]);
    const ids = hook.arrived.map(({ headers }) => headers["webhook-id"]);
    expect(ids).toEqual([ids[0], ids[0]]);
  });

  it("gets no message under two ids, although the run was killed before it was remembered", async () => {
    await to("file");
    await project.profiles(people(20));
    await project.apply();
    await project.profiles(people(2));
    const killed = start(["apply", "--auto-approve"], { cwd: project.folder });
    hook.next.push(undefined);
    await vi.waitFor(() => expect(hook.arrived).toHaveLength(1), { timeout: 60_000, interval: 20 });
    killed.child.kill("SIGKILL");
    await killed.ended;
    await project.apply();
    const ids = hook.arrived.map(({ headers }) => headers["webhook-id"]);
    expect(ids).toEqual([ids[0], ids[0]]);
    expect(told()).toEqual(["weekly refusal ok→refused"]);
  });
});

it("a state that cannot be read is reported each time, because nothing remembers it", async () => {
  await to("file", { state: { path: "state" } });
  await project.write("state", "a file where a folder should be");
  await project.profiles(people(2));
  const ids: unknown[] = [];
  for (const _ of [1, 2]) await expect(project.apply()).rejects.toThrow();
  expect(told()).toEqual(["run failure ok→failed", "run failure ok→failed"]);
  ids.push(...bodies().map(({ data }) => data.id));
  // So that a receiver that drops what it has seen hears of it once a day.
  expect(new Set(ids).size).toBe(1);
});

describe("the command line", () => {
  it("sends to all three kinds, encrypted where a message leaves the machine, and leaks nothing", async () => {
    const key = ["-newkey", "rsa:2048", "-nodes", "-keyout", "mail.key", "-out", "mail.crt", "-days", "2"];
    const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    execFileSync("openssl", ["req", "-x509", ...key, ...names], { cwd: project.folder, stdio: "ignore" });
    const file = (name: string): string => readFileSync(`${project.folder}/${name}`, "utf8");
    const tls = { key: file("mail.key"), cert: file("mail.crt") };
    const mails = new SmtpReceiver({ user: "rollcall", password: "canary-password", tls });
    const tlsMails = new SmtpReceiver({ tls, secure: true });
    const slack = slackReceiver("/services/canary-token");
    await Promise.all([mails.start(), tlsMails.start(), slack.start()]);
    const smtp = { type: "smtp", host: "localhost", from: "rollcall@example.com", to: ["ops@example.com"] };
    await to("brevo", {
      notifiers: {
        audit: audit(),
        ops: { type: "slack", url: { env: "SLACK_URL" } },
        mail: { ...smtp, port: mails.port, user: "rollcall", password: { env: "SMTP_PASSWORD" } },
        tls: { ...smtp, port: tlsMails.port, security: "tls" },
      },
    });
    const env = {
      SLACK_URL: `${slack.url}/services/canary-token`,
      SMTP_PASSWORD: "canary-password",
      NODE_EXTRA_CA_CERTS: `${project.folder}/mail.crt`,
      CI_JOB_URL: "https://gitlab.example.com/job/7",
    };
    const run = (words: string[], more: Record<string, string> = {}) =>
      rollcall(words, { cwd: project.folder, env: { ...env, ...more } });
    const said: string[] = [];
    try {
      const tested = await run(["notify", "test", "--json"]);
      expect(tested).toMatchObject({ code: 0 });
      const answers = ["204", "200", "250", "250"].map((code) => ({ answer: `answered with ${code}` }));
      expect(tested.events.at(-2)).toMatchObject({ command: "notify test", data: { notifiers: answers } });
      const wrong = await run(["notify", "test", "mail"], { SMTP_PASSWORD: "canary-wrong" });
      expect(wrong).toMatchObject({ code: 4 });
      const untrusted = await run(["notify", "test", "tls", "mail"], { NODE_EXTRA_CA_CERTS: "" });
      expect(untrusted).toMatchObject({ code: 1 });
      expect(untrusted.stdout).toContain("is not trusted");
      const nobody = await run(["notify", "test", "nobody"]);
      expect(nobody).toMatchObject({ code: 3 });

      await project.profiles(people(20));
      await project.apply();
      await project.profiles(people(2));
      const silent = await run(["apply", "--auto-approve", "--no-notify"]);
      expect(slack.taken).toHaveLength(1);
      const refused = await run(["apply", "--auto-approve"]);
      expect(refused).toMatchObject({ code: 5 });
      expect(refused.stderr).toContain("audit was told of 1 change");
      await project.write("brevo.key", `${BREVO_KEY}-wrong`);
      const failed = await run(["apply", "--auto-approve"]);
      expect(failed).toMatchObject({ code: 4 });
      said.push(
        ...[tested, wrong, untrusted, nobody, silent, refused, failed].map(
          ({ stdout, stderr }) => stdout + stderr,
        ),
      );
    } finally {
      await Promise.all([mails.stop(), tlsMails.stop(), slack.stop()]);
    }
    expect(told()).toEqual(["", "weekly refusal ok→refused", "weekly failure refused→failed"]);
    expect(slack.taken).toHaveLength(3);
    expect(mails.taken.map(({ encrypted }) => encrypted)).toEqual([true, true, true]);
    expect(tlsMails.taken).toHaveLength(3);
    const parsed = await Promise.all([...mails.taken, ...tlsMails.taken].map(({ mail }) => mail));
    expect(parsed.map(({ subject }) => subject)).toContain("Rollcall: weekly was refused");
    expect(parsed.every(({ headers }) => headers.get("auto-submitted") === "auto-generated")).toBe(true);
    expect(parsed.at(-1)?.text).toContain("https://gitlab.example.com/job/7");
    const received = [
      ...hook.arrived.map(({ body }) => body),
      ...slack.arrived.map(({ body }) => body),
      ...mails.taken.map(({ raw }) => raw),
      ...parsed.map(({ text, html }) => `${text} ${String(html)}`),
      ...[...(await project.stateFiles())].flatMap(([path, content]) =>
        path.startsWith("root/") ? [content.toString("utf8")] : [],
      ),
    ];
    for (const text of [...received, ...said])
      expect(text.match(/canary-?[\w@.]*|canaryname|xkeysib|whsec_\w{5}/gi)).toBeNull();
  });
});
