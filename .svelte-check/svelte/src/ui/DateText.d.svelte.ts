export { default } from "./++DateText.svelte.ts";
export * from "./++DateText.svelte.ts";
