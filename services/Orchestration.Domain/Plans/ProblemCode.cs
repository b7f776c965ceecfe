namespace Orchestration.Domain.Plans;

/// <summary>The codes of problems. They are part of the contract: a code never changes its meaning.</summary>
public static class ProblemCode
{
    /// <summary>The text is neither YAML nor JSON.</summary>
    public const string Syntax = "syntax";

    /// <summary>The text, or a part of it, exceeds a limit on size, depth or number.</summary>
    public const string TooLarge = "too_large";

    /// <summary>A feature of YAML that plans do not use: anchors, aliases, tags, several documents.</summary>
    public const string Unsupported = "unsupported";

    /// <summary>A key appears twice in one mapping.</summary>
    public const string DuplicateKey = "duplicate_key";

    /// <summary>A field the language does not have.</summary>
    public const string UnknownField = "unknown_field";

    /// <summary>A required field is missing.</summary>
    public const string MissingField = "missing_field";

    /// <summary>A value of the wrong type.</summary>
    public const string WrongType = "wrong_type";

    /// <summary>A value of the right type that is not allowed.</summary>
    public const string BadValue = "bad_value";

    /// <summary>Fields that exclude each other.</summary>
    public const string Conflict = "conflict";

    /// <summary>Two steps have one id.</summary>
    public const string DuplicateId = "duplicate_id";

    /// <summary>A dependency on, or a reference to, a step that is not in the plan.</summary>
    public const string UnknownStep = "unknown_step";

    /// <summary>Steps depend on each other in a circle.</summary>
    public const string Cycle = "cycle";

    /// <summary>An expression reads a step that need not have ended before.</summary>
    public const string NotAnAncestor = "not_an_ancestor";

    /// <summary>An expression that does not parse.</summary>
    public const string ExpressionSyntax = "expression_syntax";

    /// <summary>An expression uses a name that is not there.</summary>
    public const string UnknownName = "unknown_name";

    /// <summary>An expression calls a function that does not exist.</summary>
    public const string UnknownFunction = "unknown_function";

    /// <summary>No agent of that name, or none with that capability or version, is registered.</summary>
    public const string UnknownAgent = "unknown_agent";

    /// <summary>The agent has no such action.</summary>
    public const string UnknownAction = "unknown_action";

    /// <summary>A value does not match its JSON schema.</summary>
    public const string Schema = "schema";

    /// <summary>A run lacks a required input.</summary>
    public const string MissingInput = "missing_input";

    /// <summary>A run gives an input that the plan does not declare.</summary>
    public const string UnknownInput = "unknown_input";
}
