export { default } from "./++WhoCanSee.svelte.ts";
export * from "./++WhoCanSee.svelte.ts";
