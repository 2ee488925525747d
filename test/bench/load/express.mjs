/**
 * The proxy of the tutorials: Express, the client of OpenAI, and a loop that writes each chunk as an event. Mended just
 * enough to run under load: it ends the upstream's work when its client leaves, and no failure of one stream ends all.
 */

import express from 'express';
import OpenAI from 'openai';

const [listenOn, port] = process.argv.slice(2);
const openai = new OpenAI({ apiKey: 'bench', baseURL: `http://127.0.0.1:${port}/v1` });

const app = express();
app.use(express.json());
app.post('/v1/chat/completions', async (req, res) => {
  const left = new AbortController();
  res.on('close', () => left.abort());
  try {
    const { model, messages } = req.body;
    const stream = await openai.chat.completions.create(
      { model, messages, stream: true },
      { signal: left.signal },
    );
    res.setHeader('Content-Type', 'text/event-stream');
    res.setHeader('Cache-Control', 'no-cache');
    for await (const chunk of stream) res.write(`data: ${JSON.stringify(chunk)}\n\n`);
    res.write('data: [DONE]\n\n');
    res.end();
  } catch {
    res.destroy();
  }
});
app.listen(Number(listenOn), '127.0.0.1');
