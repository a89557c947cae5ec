import { survives } from "./kills.js";

survives("file", ["file"], { short: 2, full: 600 });
survives("three accounts", ["brevo", "sendgrid", "file"], { short: 3, full: 600 });
