export { default } from "./++Quote.svelte.ts";
export * from "./++Quote.svelte.ts";
