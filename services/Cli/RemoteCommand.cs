using System.CommandLine;
using Grpc.Core;
using Orchestration.Client;

namespace Cli;

/// <summary>A command on a running system: opens the connection and tells every failure with its place and its fix.</summary>
internal static class RemoteCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Writes JSON for scripts.", Recursive = true };

    /// <summary>Adds what every command takes.</summary>
    public static void AddOptionsTo(RootCommand command)
    {
        command.Add(Json);
        ConnectionOptions.AddTo(command);
    }

    /// <param name="name">Name of the command.</param>
    /// <param name="description">What it does.</param>
    /// <param name="symbols">Its own arguments and options.</param>
    /// <param name="act">Does it and returns the exit code.</param>
    public static Command Create(
        string name, string description, IEnumerable<Symbol> symbols, Func<Session, ParseResult, CancellationToken, Task<int>> act)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Add(argument);
            }
            else if (symbol is Option option)
            {
                command.Add(option);
            }
        }

        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed, output => CallAsync(output, parsed, act, cancellationToken), cancellationToken));
        return command;
    }

    /// <summary>Does something and tells why it cannot go on.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="act">Does it and returns the exit code.</param>
    /// <param name="cancellationToken">Interrupts it: a call that breaks off after that is no failure.</param>
    public static async Task<int> RunAsync(ParseResult parsed, Func<Output, Task<int>> act, CancellationToken cancellationToken)
    {
        try
        {
            return await act(Output.Of(parsed.InvocationConfiguration.Output, parsed.GetValue(Json)));
        }
        catch (Exception problem) when (
            cancellationToken.IsCancellationRequested && problem is (OperationCanceledException or RpcException))
        {
            return ExitCode.Interrupted;
        }
        catch (CliException problem)
        {
            ErrorsOf(parsed).Tell(problem);
            return problem.ExitCode;
        }
        catch (InputException problem)
        {
            ErrorsOf(parsed).Tell("invalid_input", problem.Message);
            return ExitCode.Usage;
        }
    }

    /// <summary>Tells what is wrong with a command line that does not parse, when it is a script's.</summary>
    /// <returns>False when it is a person's.</returns>
    public static bool TellScript(ParseResult parsed, TextWriter error)
    {
        // An option without its value takes what follows it for one.
        if (!parsed.GetValue(Json) && parsed.Tokens.All(token => token.Value != Json.Name))
        {
            return false;
        }

        new ErrorOutput(error, isJson: true).Tell("usage", string.Join('\n', parsed.Errors.Select(problem => problem.Message)));
        return true;
    }

    private static async Task<int> CallAsync(
        Output output, ParseResult parsed, Func<Session, ParseResult, CancellationToken,
            Task<int>> act, CancellationToken cancellationToken)
    {
        using var session = new Session(ConnectionOptions.Read(parsed), output, ErrorsOf(parsed));
        try
        {
            return await act(session, parsed, cancellationToken);
        }
        catch (RpcException problem) when (!cancellationToken.IsCancellationRequested)
        {
            throw Refusal.Explain(problem, session.Address);
        }
    }

    private static ErrorOutput ErrorsOf(ParseResult parsed) => new(parsed.InvocationConfiguration.Error, parsed.GetValue(Json));
}
