import { survives } from "./kills.js";

survives("brevo", ["brevo"], { short: 18, full: 1200 });
