/** An export as `GET /v3/marketing/contacts/exports/{id}` shows it. */
export interface ExportJob {
  readonly id: string;
  status: "pending" | "ready" | "failure";
  readonly created_at: string;
  updated_at: string;
  readonly expires_at: string;
  completed_at?: string;
  urls?: string[];
  contact_count?: number;
}
