import { expect } from "vitest";
import { addressOf, namesOf, person } from "./people.js";
import { openProject, Project, type ProjectOptions, type Row, type Yaml } from "./project.js";
import { remoteOf, type Member, type Remote, type StoryType } from "./remote.js";

export interface StoryOptions extends ProjectOptions {
  /** What `weekly` says in the whole story, besides where it goes, who is in it and how people are told apart. */
  readonly weekly?: Yaml;
  /** What the source says of somebody by this name; nothing but an address without. */
  readonly person?: (name: string) => Row;
}

/** Opens a project with an empty list at one destination. */
export async function openStory(type: StoryType, options: StoryOptions = {}): Promise<Story> {
  const project = await openProject(options);
  const remote = remoteOf(project, type);
  return new Story(project, { type, remote, list: await remote.addList("customers") }, options);
}

export interface Stage {
  readonly type: StoryType;
  readonly remote: Remote;
  readonly list: string;
}

/** A project of which most stories need one export, `weekly`: everybody of the source, to one list. */
export class Story extends Project {
  readonly type: StoryType;
  readonly remote: Remote;
  readonly list: string;
  readonly #weekly: Yaml;
  readonly #person: (name: string) => Row;

  constructor(project: Project, stage: Stage, { weekly = {}, person: said = person }: StoryOptions) {
    super(project.folder, project.sandbox, project.exchanges);
    this.type = stage.type;
    this.remote = stage.remote;
    this.list = stage.list;
    this.#weekly = weekly;
    this.#person = said;
  }

  /** An export of everybody to the list, as the story has it, and as `more` says. */
  weekly(more: Yaml = {}): Yaml {
    return {
      connection: this.type,
      list: this.list,
      segments: ["all"],
      match: { email: "email" },
      ...this.#weekly,
      ...more,
    };
  }

  /** Writes a config of which `weekly` is the only export, unless `more` says otherwise. */
  configure(weekly: Yaml = {}, more: Yaml = {}): Promise<void> {
    return this.config({ exports: { weekly: this.weekly(weekly) }, ...more });
  }

  /** Makes these the people of the source. */
  people(...names: readonly string[]): Promise<void> {
    return this.profiles(names.map((name) => this.#person(name)));
  }

  /** Who is on the list, by name. */
  async members(list = this.list): Promise<string[]> {
    return namesOf((await this.remote.members(list)).keys());
  }

  /** What the destination holds of somebody on the list. */
  async stored(name: string, list = this.list): Promise<Member> {
    return (await this.remote.members(list)).get(addressOf(name)) ?? {};
  }

  /** A plan finds nothing to do for any export. */
  async mustBeSettled(): Promise<void> {
    const { exports } = await this.plan();
    expect(exports).not.toEqual([]);
    for (const { name, error, counts } of exports)
      expect({ name, error, ...counts }).toMatchObject({ error: undefined, add: 0, update: 0, remove: 0 });
  }
}
