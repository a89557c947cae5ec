/** The commands that a plan is shown with; undefined where there is nothing to do by them. */
export interface PlanCommands {
  /** Carries it out. */
  readonly next?: string | undefined;
  /** Signs it, where a policy asks for that. */
  readonly approve?: string | undefined;
  /** Applies in spite of the checks that failed. */
  readonly override?: string | undefined;
}
