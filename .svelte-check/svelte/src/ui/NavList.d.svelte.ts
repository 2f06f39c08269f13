export { default } from "./++NavList.svelte.ts";
export * from "./++NavList.svelte.ts";
