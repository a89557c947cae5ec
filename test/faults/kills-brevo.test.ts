import { survives } from "./kills.js";

survives("brevo", ["brevo"], { short: 3, full: 1200 });
