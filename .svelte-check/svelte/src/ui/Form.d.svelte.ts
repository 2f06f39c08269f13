export { default } from "./++Form.svelte.ts";
export * from "./++Form.svelte.ts";
