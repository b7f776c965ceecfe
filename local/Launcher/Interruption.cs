using System.Runtime.InteropServices;

namespace Launcher;

/// <summary>Ctrl-C and SIGTERM: the first stops everything in order, the second at once.</summary>
internal sealed class Interruption : IDisposable
{
    public const int ExitCode = 130;

    private readonly CancellationTokenSource _stop;
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _interrupt;

    public Interruption(CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
    }

    public CancellationToken Token => _stop.Token;

    /// <summary>What must not be left behind when the launcher ends at once.</summary>
    public Action Forced { get; set; } = () => { };

    public void Dispose()
    {
        _terminate.Dispose();
        _interrupt.Dispose();
        _stop.Dispose();
    }

    private void Interrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_stop.IsCancellationRequested)
        {
            Forced();
            Environment.Exit(ExitCode);
        }

        try
        {
            // What follows a cancellation must not keep the next signal from being heard.
            _ = _stop.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // Everything has been stopped already.
        }
    }
}
