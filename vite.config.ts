import { defineConfig } from "vite";

// One script and one style sheet with fixed names; the server adds the hashes when it collects.
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "src/miteinander/foundation/ui/static/ui/build",
    emptyOutDir: true,
    target: "es2019",
    cssTarget: ["chrome90", "firefox90", "safari15"],
    lib: {
      entry: "frontend/main.ts",
      formats: ["iife"],
      name: "miteinander",
      fileName: () => "app.js",
      cssFileName: "app",
    },
  },
});
