import { parse } from "yaml";

export interface AzureStep {
  readonly bash?: string;
  readonly task?: string;
  readonly checkout?: string;
  readonly publish?: string;
  readonly artifact?: string;
  readonly displayName?: string;
  readonly condition?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, string>>;
}

export interface AzureStage {
  readonly stage: string;
  readonly condition: string;
  readonly jobs: readonly { readonly name: string; readonly steps: readonly AzureStep[] }[];
}

/** What conditions may ask for. */
export interface Facts {
  readonly variables: Readonly<Record<string, string>>;
  /** Results of the stages before. */
  readonly dependencies?: Readonly<Record<string, { readonly result: string }>>;
}

/** The stages with `${{ … }}` resolved, as Azure does before anything runs. */
export function azureStages(text: string): AzureStage[] {
  const raw = parse(text) as {
    parameters: [{ default: string[] }];
    stages: { stage: string; condition: string; jobs: unknown[] }[];
  };
  const environments = raw.parameters[0].default;
  return raw.stages.map(({ stage, condition, jobs }) => ({
    stage,
    condition,
    jobs: jobs.flatMap((job) => expanded(job as Item, environments)).map(jobOf),
  }));
}

type Item = Readonly<Record<string, unknown>>;

function expanded(job: Item, environments: readonly string[]): Item[] {
  const each = job["${{ each environment in parameters.environments }}"];
  if (each === undefined) return [job];
  return environments.flatMap((environment) => {
    const filled = JSON.stringify(each)
      .replaceAll("${{ environment }}", environment)
      .replaceAll("${{ replace(environment, '-', '_') }}", environment.replaceAll("-", "_"));
    return JSON.parse(filled) as Item[];
  });
}

function jobOf(job: Item): AzureStage["jobs"][number] {
  const { strategy } = job as { strategy?: { runOnce: { deploy: { steps: AzureStep[] } } } };
  const steps = strategy?.runOnce.deploy.steps ?? (job["steps"] as AzureStep[]);
  return { name: String(job["job"] ?? job["deployment"]), steps };
}

type Value = string | boolean | undefined;

/** Whether a condition holds. Azure's function calls are JavaScript but for the name `in`. */
export function holds(condition: string, { variables, dependencies = {} }: Facts): boolean {
  const functions = {
    and: (...all: boolean[]) => all.every(Boolean),
    or: (...all: boolean[]) => all.some(Boolean),
    eq: (one: Value, other: Value) => one === other,
    ne: (one: Value, other: Value) => one !== other,
    isIn: (one: Value, ...others: Value[]) => others.includes(one),
    succeeded: () => true,
    succeededOrFailed: () => true,
  };
  // What a stage did not depend on has no result.
  const results = new Proxy(dependencies, { get: (all, name) => all[String(name)] ?? { result: undefined } });
  const given = { ...functions, variables, dependencies: results };
  // oxlint-disable-next-line typescript/no-implied-eval -- the text is our own template
  const evaluate = new Function(...Object.keys(given), `return ${condition.replaceAll(/\bin\(/g, "isIn(")}`);
  return (evaluate as (...values: unknown[]) => boolean)(...Object.values(given));
}
