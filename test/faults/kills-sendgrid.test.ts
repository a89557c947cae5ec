import { survives } from "./kills.js";

survives("sendgrid", ["sendgrid"], { short: 18, full: 1200 });
