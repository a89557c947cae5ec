import { survives } from "./kills.js";

survives("sendgrid", ["sendgrid"], { short: 6, full: 1200 });
