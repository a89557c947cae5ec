import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { splitCells } from "../../src/destinations/file/csv.js";
import type { Project } from "./project.js";

/** Kinds of destinations that stories are told of. */
export type StoryType = "brevo" | "sendgrid" | "file";

/** A member as the destination holds it; attributes by the destination's own names. */
export type Member = Readonly<Record<string, unknown>>;

/** What happens at a destination without us, and what it holds: the same for all three. */
export interface Remote {
  /** Returns the list's id. */
  addList(name: string): Promise<string>;
  /** Somebody puts a contact on lists by hand. */
  addStranger(email: string, lists: readonly string[], firstName?: string): Promise<void>;
  /** Somebody takes a contact off a list by hand. */
  takeOff(email: string, list: string): Promise<void>;
  /** Somebody writes another first name into a contact by hand. */
  rename(email: string, firstName: string, list: string): Promise<void>;
  /** A person opts out of everything. */
  optOut(email: string): Promise<void>;
  /** Addresses as the destination writes them. */
  members(list: string): Promise<Map<string, Member>>;
  /** True when the destination itself counts the address as opted out. */
  optedOut(email: string): Promise<boolean>;
  /** The name under which a member carries the plain attribute `firstName`. */
  readonly firstName: string;
}

export function remoteOf(project: Project, type: StoryType): Remote {
  return { brevo: brevoRemote, sendgrid: sendgridRemote, file: fileRemote }[type](project);
}

function brevoRemote({ sandbox }: Project): Remote {
  const state = sandbox.brevo();
  return {
    firstName: "FIRSTNAME",
    addList: (name) => Promise.resolve(String(state.addList(name))),
    addStranger: async (email, lists, firstName) =>
      state.addContact(email, {
        lists: lists.map(Number),
        ...(firstName === undefined ? {} : { attributes: { FIRSTNAME: firstName } }),
      }),
    takeOff: async (email, list) => state.removeFromList(email, Number(list)),
    rename: async (email, firstName) => state.addContact(email, { attributes: { FIRSTNAME: firstName } }),
    optOut: async (email) => state.blocklist(email),
    members: async (list) =>
      new Map(state.members(Number(list)).map(({ email, attributes }) => [email, attributes])),
    optedOut: async (email) => state.contact(email)?.emailBlacklisted === true,
  };
}

function sendgridRemote({ sandbox }: Project): Remote {
  const state = sandbox.sendgrid();
  const gone = new Set<string>();
  return {
    firstName: "first_name",
    addList: (name) => Promise.resolve(state.addList(name)),
    addStranger: async (email, lists, firstName) =>
      state.addContact({ email, ...(firstName === undefined ? {} : { first_name: firstName }) }, lists),
    takeOff: async (email, list) => state.removeFromList(email, list),
    rename: async (email, firstName) => state.addContact({ email, first_name: firstName }),
    optOut: async (email) => {
      gone.add(email);
      state.unsubscribe(email);
    },
    members: async (list) =>
      new Map(
        state
          .members(list)
          .map((member) => [
            String(member["email"]),
            { ...member, ...(member["custom_fields"] as Record<string, unknown> | undefined) },
          ]),
      ),
    optedOut: async (email) => gone.has(email),
  };
}

function fileRemote({ folder }: Project): Remote {
  const pathOf = (list: string): string => join(folder, "lists", `${list}.csv`);
  const records = async (path: string): Promise<string[][]> =>
    // A line end within quotes ends no record.
    ((await readFile(path, "utf8").catch(() => "")).match(/(?:"[^"]*"|[^"\r\n])+/g) ?? []).map(splitCells);
  return {
    firstName: "firstName",
    addList: async (name) => {
      await writeFile(pathOf(name), "email,note\n", { mode: 0o600 });
      return name;
    },
    addStranger: async (email, lists) => {
      for (const list of lists) {
        const [header = []] = await records(pathOf(list));
        await appendFile(pathOf(list), `${email}${",".repeat(header.length - 1)}\n`);
      }
    },
    takeOff: async (email, list) => {
      const text = await readFile(pathOf(list), "utf8");
      const kept = text
        .split(/(?<=\n)/)
        .filter((line) => splitCells(line.trimEnd()).every((cell) => cell !== email));
      await writeFile(pathOf(list), kept.join(""));
    },
    rename: async (email, firstName, list) => {
      const [header = []] = await records(pathOf(list));
      const lines = (await readFile(pathOf(list), "utf8")).split(/(?<=\n)/).map((line) => {
        const row = splitCells(line.trimEnd());
        if (!row.includes(email)) return line;
        row[header.indexOf("firstName")] = firstName;
        return `${row.join(",")}\r\n`;
      });
      await writeFile(pathOf(list), lines.join(""));
    },
    optOut: async (email) => {
      const path = join(folder, "lists", "unsubscribed.csv");
      const known = await readFile(path, "utf8").catch(() => "email\n");
      await writeFile(path, `${known}${email}\n`, { mode: 0o600 });
    },
    members: async (list) => {
      const [header = [], ...rows] = await records(pathOf(list));
      const email = header.indexOf("email");
      return new Map(
        rows.map((row) => [
          row[email] ?? "",
          Object.fromEntries(header.map((name, index) => [name, row[index] ?? ""])),
        ]),
      );
    },
    optedOut: async (email) =>
      (await records(join(folder, "lists", "unsubscribed.csv"))).some(([address]) => address === email),
  };
}
