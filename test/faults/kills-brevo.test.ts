import { survives } from "./kills.js";

survives("brevo", ["brevo"], { short: 6, full: 1200 });
