using System.CommandLine;
using Grpc.Core;
using Orchestration.Client;

namespace Cli.Conformance;

/// <summary><c>orchestrate agent check</c>: does an agent, in whatever language, keep the contract?</summary>
internal static class AgentCheckCommand
{
    private const string Explanation = """
        Checks a running agent process against the agent contract (agents.v1.AgentService) and says what it does not keep.
        Skills are called with inputs made from their schemas, on behalf of the tenant "conformance": point it at an agent that
        may work on such data, or leave the calls out with --describe-only.

        --address is where the agent itself listens for gRPC, for example http://127.0.0.1:5000; --app-token what it asks for. With
        --app the agent is called through the sidecar of a running system, which knows its app token: --address, --connection and the
        environment then name that system as they do for the other commands. No API key is needed or sent.

        Exit codes: 0 the contract is kept, 1 it is not, 2 the arguments are wrong, 3 nobody answers, 4 the token is missing or wrong,
        130 interrupted. With 3 and 4 nothing was checked.
        """;

    private static readonly Option<string?> App = new("--app")
        { Description = "Dapr app id of the agent in a running system, which is asked to pass the calls on.", HelpName = "ID" };
    private static readonly Option<string?> Agent =
        new("--agent") { Description = "Checks this agent only; all of the process otherwise." };
    private static readonly Option<string?> Token =
        new("--app-token") { Description = "The app token (APP_API_TOKEN) that the process asks for." };
    private static readonly Option<bool> DescribeOnly = new("--describe-only") { Description = "Calls no skill." };
    private static readonly Option<int?> Drain =
        new("--drain-pid") { Description = "Process id of the agent: at the end it is asked to stop (SIGTERM) and must do so in order." };
    private static readonly Option<double> Seconds =
        new("--timeout") { Description = "Longest time of one call, in seconds.", DefaultValueFactory = _ => 30 };

    public static Command Create()
    {
        var command = new Command("check", Explanation) { App, Agent, Token, DescribeOnly, Drain, Seconds };
        command.Validators.Add(result =>
        {
            var isApp = result.GetResult(App) is not null;
            if (!isApp && !ConnectionOptions.HasAddress(result))
            {
                result.AddError("give --address URL of the agent, or --app ID of an app of a running system");
            }

            if (isApp && (result.GetResult(Token) is not null || result.GetResult(Drain) is not null))
            {
                result.AddError("--app-token and --drain-pid go with an agent that is called at its own address, not with --app");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
            RemoteCommand.RunAsync(parsed, output => CheckAsync(parsed, output, cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> CheckAsync(ParseResult parsed, Output output, CancellationToken cancellationToken)
    {
        using var target = TargetOf(parsed);
        var options = new ConformanceOptions(parsed.GetValue(Agent), parsed.GetValue(DescribeOnly), parsed.GetValue(Drain));
        try
        {
            var report = await new ConformanceRun(target, options).RunAsync(cancellationToken);
            report.Write(output);
            return report.IsKept ? ExitCode.Done : ExitCode.Failed;
        }
        catch (RpcException problem) when (!cancellationToken.IsCancellationRequested)
        {
            var detail = Printable.Line(StatusText.Of(problem.Status));
            throw AgentTarget.IsShut(problem)
                ? new CliException(ExitCode.Refused, $"{target.Name} does not accept the token: {detail}\n{AdviceOnToken(target)}")
                : new CliException(ExitCode.Unreachable, $"{target.Name} does not answer: {detail}\n{Advice(target)}");
        }
    }

    private static AgentTarget TargetOf(ParseResult parsed)
    {
        var timeout = TimeSpan.FromSeconds(parsed.GetValue(Seconds));
        if (parsed.GetValue(App) is not { } app)
        {
            return new AgentTarget(ConnectionOptions.AddressIn(parsed)!, parsed.GetValue(Token), timeout);
        }

        var (address, token) = ConnectionOptions.ReadSidecar(parsed);
        return new AgentTarget(address, token, timeout, app);
    }

    private static string Advice(AgentTarget target) => target.AppId is null
        ? "Is the agent running, and is this its app port (APP_PORT), not the one for probes?"
        : "Is the system running, and is this the id of one of its apps (orchestrate agent list)?";

    private static string AdviceOnToken(AgentTarget target) => target.AppId is null
        ? "Give --app-token, the APP_API_TOKEN of the process; an agent of a running system is checked with --app."
        : "Give DAPR_API_TOKEN, or the launcher's --connection file.";
}
