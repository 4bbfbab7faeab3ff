import { defineConfig } from 'vitest/config';

/** One project of whatever files are named, which says nothing: a test that fails is good news. */
export default defineConfig({
  test: { include: ['test/**/*.test.ts'], testTimeout: 120_000, reporters: [{}] },
});
