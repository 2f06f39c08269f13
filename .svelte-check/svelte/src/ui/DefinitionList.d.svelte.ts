export { default } from "./++DefinitionList.svelte.ts";
export * from "./++DefinitionList.svelte.ts";
