export { default } from "./++ThreadLine.svelte.ts";
export * from "./++ThreadLine.svelte.ts";
