export { default } from "./++Breadcrumbs.svelte.ts";
export * from "./++Breadcrumbs.svelte.ts";
