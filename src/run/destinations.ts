import type { DestinationType } from "../model/connection.js";
import type { DestinationPlugin } from "../plugin/destination.js";

/** Every kind of destination, loaded when a config uses it. */
const PLUGINS: Readonly<Record<DestinationType, () => Promise<DestinationPlugin>>> = {
  brevo: async () => (await import("../destinations/brevo/index.js")).brevo,
  sendgrid: async () => (await import("../destinations/sendgrid/index.js")).sendgrid,
  file: async () => (await import("../destinations/file/index.js")).file,
};

export function destinationPlugin(type: DestinationType): Promise<DestinationPlugin> {
  return PLUGINS[type]();
}
