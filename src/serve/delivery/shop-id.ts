import { createHash } from 'node:crypto';
import type { ProcessConfig } from '../config/process-settings.js';

/**
 * Returns an id of the shop and its environment for each secret, newest first. Set-ups that share a Redis never deliver to each other's shop,
 * and a shop keeps its calls when its address changes.
 */
export function identifyShop({ backendSecret, environment }: Pick<ProcessConfig, 'backendSecret' | 'environment'>): readonly string[] {
  return backendSecret.map((secret) => createHash('sha256').update(`shop:${environment}:${secret}`).digest('hex').slice(0, 16));
}
