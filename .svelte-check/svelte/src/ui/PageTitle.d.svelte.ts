export { default } from "./++PageTitle.svelte.ts";
export * from "./++PageTitle.svelte.ts";
