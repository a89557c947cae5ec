import { survives } from "./kills.js";

survives("sendgrid", ["sendgrid"], { short: 15, full: 1200 });
