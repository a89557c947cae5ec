import { survives } from "./kills.js";

survives("file", ["file"], { short: 4, full: 600 });
survives("three accounts", ["brevo", "sendgrid", "file"], { short: 8, full: 600 });
