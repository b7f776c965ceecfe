using System.Text;
using Orchestration.Contracts;

namespace Orchestration.Client;

/// <summary>States in the words of the documentation: "completed with errors".</summary>
public static class StateText
{
    /// <summary>The state of a run in words.</summary>
    public static string Of(RunState state) => Words(state.ToString(), "Run");

    /// <summary>The state of a step in words.</summary>
    public static string Of(StepState state) => Words(state.ToString(), "Step");

    /// <summary>True when the run did what it was for, possibly without steps that are not critical.</summary>
    public static bool IsSuccess(RunState state) => state is RunState.RunCompleted or RunState.RunCompletedWithErrors;

    private static string Words(string name, string prefix)
    {
        var words = new StringBuilder();
        foreach (var letter in name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name)
        {
            words.Append(char.IsUpper(letter) && words.Length > 0 ? " " : "").Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
