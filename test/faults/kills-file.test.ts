import { survives } from "./kills.js";

survives("file", ["file"], { short: 1, full: 600 });
survives("three accounts", ["brevo", "sendgrid", "file"], { short: 2, full: 600 });
