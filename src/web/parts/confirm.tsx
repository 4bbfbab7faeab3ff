import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useState, type ReactNode } from 'react';
import { Failure } from './states.tsx';

/**
 * A button whose work is done after a second look at what it will do; what is disabled meanwhile
 * is not done from an open dialog either.
 */
export function Confirm({
  label,
  title,
  children,
  act,
  tone = 'plain',
  disabled = false,
}: {
  label: string;
  title: string;
  children: ReactNode;
  act: () => Promise<unknown>;
  tone?: 'plain' | 'main';
  disabled?: boolean;
}): ReactNode {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const go = async (): Promise<void> => {
    if (disabled) return;
    setBusy(true);
    setError(null);
    try {
      await act();
      setOpen(false);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <AlertDialog.Root open={open} onOpenChange={setOpen}>
      <AlertDialog.Trigger className={tone} disabled={disabled}>
        {label}
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title>{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />}>{children}</AlertDialog.Description>
          {error !== null && <Failure error={error} />}
          <div className="actions">
            <AlertDialog.Close disabled={busy}>Cancel</AlertDialog.Close>
            <button
              type="button"
              className="main"
              disabled={busy || disabled}
              onClick={() => void go()}
            >
              {busy ? 'Working …' : `Yes, ${label.toLowerCase()}`}
            </button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
