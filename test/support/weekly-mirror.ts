import { openProject, type Project, type Yaml } from "./project.js";
import { remoteOf, type Remote } from "./remote.js";

const DOMAIN = "canary.example";

/** A project with an empty list at Brevo; `onWrite` is told of every request that changes something there. */
export async function openWithList(
  onWrite: () => void,
): Promise<{ project: Project; remote: Remote; list: string }> {
  const project = await openProject({
    sandbox: {
      onExchange: ({ method, path }) => {
        if (method !== "GET" && !/export/.test(path)) onWrite();
      },
    },
  });
  const remote = remoteOf(project, "brevo");
  return { project, remote, list: await remote.addList("customers") };
}

/** One export, `weekly`, that mirrors everybody of the source to a list at Brevo; for stories of the state. */
export function weeklyMirror(list: string): Yaml {
  return {
    segments: { all: { source: "crm" } },
    exports: {
      weekly: {
        connection: "brevo",
        list,
        segments: ["all"],
        match: { email: "email" },
        mode: "mirror",
        attributes: { firstName: "first_name" },
        safeguards: { maxRemovals: { share: "100%" } },
      },
    },
  };
}

/** Makes these the people of the source, by the names before the `@`. */
export function wanted(project: Project, ...names: readonly string[]): Promise<void> {
  return project.profiles(names.map((name) => ({ email: `${name}@${DOMAIN}`, first_name: name })));
}

/** Who is on the list, by the names before the `@`. */
export async function onList(remote: Remote, list: string): Promise<string[]> {
  return [...(await remote.members(list)).keys()].map((email) => email.split("@")[0] ?? "").sort();
}
