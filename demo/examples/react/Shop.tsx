/** The chat in React 19: its properties follow the state, its events and a hook are functions, its methods are on the ref. */

import 'rivulet-chat/react';
import { useRef, useState } from 'react';
import type { BeforeSend, RivuletChat } from 'rivulet-chat/react';

const exactly: BeforeSend = request => ({ ...request, temperature: 0 });

export function Shop() {
  const chat = useRef<RivuletChat>(null);
  const [tea, setTea] = useState('Sencha');
  const [answers, setAnswers] = useState(0);
  return (
    <>
      <h1>A tea shop</h1>
      <p>
        <label>
          Tea{' '}
          <select value={tea} onChange={event => setTea(event.target.value)}>
            <option>Sencha</option>
            <option>Oolong</option>
          </select>
        </label>{' '}
        <button type="button" onClick={() => chat.current?.send('How do I brew it?')}>
          How do I brew it?
        </button>{' '}
        Answers: <output>{answers}</output>
      </p>
      <rivulet-chat
        ref={chat}
        endpoint="https://your-proxy.example"
        persist="session"
        suggestions={['Where does it come from?', 'How much caffeine has it?']}
        context={`The visitor looks at ${tea}.`}
        beforeSend={exactly}
        onrivulet-answer={() => setAnswers(count => count + 1)}
      />
    </>
  );
}
