/**
 * What all of these give, in their order. An error is thrown when every one has ended, so that none
 * goes on for a caller that is gone.
 */
export async function allEnded<T>(works: readonly Promise<T>[]): Promise<T[]> {
  const ended = await Promise.allSettled(works);
  return ended.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
