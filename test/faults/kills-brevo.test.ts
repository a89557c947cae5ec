import { survives } from "./kills.js";

survives("brevo", ["brevo"], { short: 15, full: 1200 });
