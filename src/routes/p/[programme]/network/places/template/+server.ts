import type { RequestHandler } from './$types.js';
import { placeTemplate } from '#modules/network/exports.server.ts';
import { template } from '../../../../../exporting.server.ts';

export const GET: RequestHandler = (event) => template(event, 'places-template', placeTemplate);
