using Orchestration.Client;

namespace Cli;

/// <summary>One command on one system.</summary>
internal sealed class Session(OrchestrationClientOptions options, Output output, ErrorOutput errors) : IDisposable
{
    private readonly Lazy<OrchestrationClient> _patient =
        new(() => new OrchestrationClient(options with { Patience = TimeSpan.FromMinutes(1) }));

    public Uri Address => options.Address;

    public Output Output => output;

    public ErrorOutput Errors => errors;

    /// <summary>Asks once, so that a command says at once when nobody is there.</summary>
    public OrchestrationClient Client { get; } = new(options with { Patience = TimeSpan.Zero });

    /// <summary>For reading runs and what follows a first answer: it outlasts a program of the system that is being started again.</summary>
    public OrchestrationClient Patient => _patient.Value;

    public void Dispose()
    {
        Client.Dispose();
        if (_patient.IsValueCreated)
        {
            _patient.Value.Dispose();
        }
    }
}
