/**
 * Answers queries of a D1 database over one socket: the binding that the test harness gives needs
 * several crossings for each of them.
 */
export default {
  fetch(_request, env) {
    const [client, server] = Object.values(new WebSocketPair());
    server.accept();
    const bound = ({ sql, params }) => env.DB.prepare(sql).bind(...params);
    server.addEventListener('message', async ({ data }) => {
      const { n, kind, queries } = JSON.parse(data);
      try {
        const rows =
          kind === 'batch'
            ? (await env.DB.batch(queries.map(bound)), [])
            : await bound(queries[0]).raw();
        server.send(JSON.stringify({ n, rows }));
      } catch (error) {
        server.send(JSON.stringify({ n, error: error.message }));
      }
    });
    return new Response(null, { status: 101, webSocket: client });
  },
};
