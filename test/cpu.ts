/**
 * CPU time that this process has used, in ms. What bounds the work of a test is measured by it: a
 * clock on the wall also counts what other processes do.
 */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
