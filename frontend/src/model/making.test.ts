// @vitest-environment node
import { expect, test } from 'vitest';
import { make, nameOf, NotMade, type Stage } from './making';

const TOLD = 'application/vnd.charniere.making';
const NAME = `attachment; filename="ete.pdf"; filename*=UTF-8''%C3%A9t%C3%A9.pdf`;
const bytes = (text: string) => new TextEncoder().encode(text);

/** A server that says these pieces, then ends the answer, is cut, or stays silent. */
function server(
  pieces: readonly (string | Uint8Array)[],
  end: 'ends' | 'cut' | 'silent' = 'ends',
  type: string = TOLD,
) {
  const asked: { url: string; init: RequestInit }[] = [];
  const ask = (url: string, init: RequestInit): Promise<Response> => {
    asked.push({ url, init });
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(typeof piece === 'string' ? bytes(piece) : piece);
        if (end === 'ends') controller.close();
        if (end === 'cut') controller.error(new TypeError('network error'));
        init.signal?.addEventListener('abort', () => controller.error(init.signal?.reason));
      },
    });
    const headers = { 'content-type': type, 'content-disposition': NAME };
    return Promise.resolve(new Response(body, { headers }));
  };
  return { ask, asked };
}
async function failure(ask: Parameters<typeof make>[3]): Promise<string> {
  const problem = await make('/x', () => {}, new AbortController().signal, ask).catch((e: unknown) => e);
  return problem instanceof NotMade ? problem.why : String(problem);
}

test('the stages are heard and the file comes whole, however the answer is cut in pieces', async () => {
  const file = new Uint8Array([0, 10, 123, 255, 10]);
  const head =
    '{"stage":"waiting"}\n\n{"stage":"making"}\n{"stage":"ready","bytes":5,"media_type":"application/pdf"}\n';
  const whole = new Uint8Array([...bytes(head), ...file]);
  for (const size of [1, 3, 50, whole.length]) {
    const pieces = Array.from({ length: Math.ceil(whole.length / size) }, (_, i) =>
      whole.slice(i * size, (i + 1) * size),
    );
    const heard: Stage[] = [];
    const { ask, asked } = server(pieces);
    const made = await make(
      '/b/1/download/spec.pdf',
      (s) => heard.push(s),
      new AbortController().signal,
      ask,
    );
    expect(heard).toEqual(['waiting', 'making']);
    expect(made.name).toBe('été.pdf');
    expect(made.data.type).toBe('application/pdf');
    expect(new Uint8Array(await made.data.arrayBuffer())).toEqual(file);
    expect(asked[0]?.init.headers).toEqual({ accept: TOLD });
  }
});

test('a server that tells nothing gives the file alone', async () => {
  const { ask } = server(['# Spec'], 'ends', 'text/markdown');
  const made = await make('/b/1/download/spec.md', () => {}, new AbortController().signal, ask);
  expect(await made.data.text()).toBe('# Spec');
});

test('a file that is not whole is no file', async () => {
  const ready = '{"stage":"ready","bytes":9}\n';
  expect(await failure(server([ready, 'half']).ask)).toBe('unreachable');
  expect(await failure(server([ready, 'half'], 'cut').ask)).toBe('unreachable');
  expect(await failure(server(['{"stage":"making"}\n']).ask)).toBe('unreachable');
  expect(await failure(() => Promise.reject(new TypeError('Failed to fetch')))).toBe('unreachable');
});

test('why there is no file is told apart', async () => {
  expect(await failure(server(['{"stage":"failed","code":"broken"}\n']).ask)).toBe('failed');
  expect(await failure(server(['{"stage":"failed","code":"too_fast"}\n']).ask)).toBe('too_many');
  const status = (code: number) => () => Promise.resolve(new Response('', { status: code }));
  expect(await failure(status(403))).toBe('refused');
  expect(await failure(status(401))).toBe('refused');
  expect(await failure(status(429))).toBe('too_many');
  expect(await failure(status(500))).toBe('failed');
});

test('whoever leaves ends the request', async () => {
  const leaving = new AbortController();
  const { ask, asked } = server(['{"stage":"making"}\n'], 'silent');
  const coming = make('/x', () => leaving.abort(), leaving.signal, ask);
  await expect(coming).rejects.toMatchObject({ name: 'AbortError' });
  expect(asked[0]?.init.signal).toBe(leaving.signal);
});

test('a file is named as the server says, in full where it can', () => {
  expect(nameOf(NAME, '/x')).toBe('été.pdf');
  expect(nameOf('attachment; filename="plain.pdf"', '/x')).toBe('plain.pdf');
  expect(nameOf(`attachment; filename="plain.pdf"; filename*=UTF-8''%E9`, '/x')).toBe('plain.pdf');
  expect(nameOf('', '/b/1/download/spec.pdf?version=2')).toBe('spec.pdf');
});
