using System.CommandLine;

namespace Cli.Conformance;

/// <summary><c>orchestrate agent check</c>: does an agent, in whatever language, keep the contract?</summary>
internal static class AgentCheckCommand
{
    private const string Explanation = """
        Checks a running agent process against the agent contract (agents.v1.AgentService) and says what it does not keep.
        Skills are called with inputs made from their schemas, on behalf of the tenant "conformance": point it at an agent that
        may work on such data, or leave the calls out with --describe-only.

        Exit codes: 0 the contract is kept, 1 it is not, 2 the arguments are wrong.
        """;

    public static Command Create()
    {
        var address = new Option<Uri?>("--address")
        {
            Description = "Where the agent listens for gRPC, for example http://127.0.0.1:5000.",
            Required = true,
            CustomParser = HttpAddress.Parse,
        };
        var agent = new Option<string?>("--agent") { Description = "Checks this agent only; all of the process otherwise." };
        var token = new Option<string?>("--app-token") { Description = "The app token (APP_API_TOKEN) that the process asks for." };
        var describeOnly = new Option<bool>("--describe-only") { Description = "Calls no skill." };
        var drain = new Option<int?>("--drain-pid") { Description = "Process id of the agent: at the end it is asked to stop (SIGTERM) and must do so in order." };
        var timeout = new Option<double>("--timeout") { Description = "Longest time of one call, in seconds.", DefaultValueFactory = _ => 30 };
        var command = new Command("check", Explanation) { address, agent, token, describeOnly, drain, timeout };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var target = new AgentTarget(
                parsed.GetValue(address)!, parsed.GetValue(token), TimeSpan.FromSeconds(parsed.GetValue(timeout)));
            var options = new ConformanceOptions(parsed.GetValue(agent), parsed.GetValue(describeOnly), parsed.GetValue(drain));
            var report = await new ConformanceRun(target, options).RunAsync(cancellationToken);
            await report.WriteAsync(Console.Out);
            return report.IsKept ? 0 : 1;
        });
        return command;
    }
}
