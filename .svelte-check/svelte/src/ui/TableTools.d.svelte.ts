export { default } from "./++TableTools.svelte.ts";
export * from "./++TableTools.svelte.ts";
