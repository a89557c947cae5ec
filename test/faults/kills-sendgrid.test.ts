import { survives } from "./kills.js";

survives("sendgrid", ["sendgrid"], { short: 3, full: 1200 });
